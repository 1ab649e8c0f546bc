"""Published results made again, their numbers beside ours."""
