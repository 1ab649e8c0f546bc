"""What paid media really brought, beside the tables that marketing mix models read."""
