"""Files that are whole: folders and files written aside, read with their checksums."""
