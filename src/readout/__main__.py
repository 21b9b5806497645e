"""`python -m readout` is the command line."""

from readout.cli import main

if __name__ == "__main__":
    main()
