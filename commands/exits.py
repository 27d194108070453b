"""What the exit codes of the command line mean."""

OK, FAILED, WRONG_INPUT, STOPPED, READER_GONE = 0, 1, 2, 130, 141
