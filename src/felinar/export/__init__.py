"""Ways out: tables as files, and the report. One exporter is one file and one line in a list."""
