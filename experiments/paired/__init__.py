"""Campaigns in pairs: several scenarios in the same worlds and with the same luck."""
