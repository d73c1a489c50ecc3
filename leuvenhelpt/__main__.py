"""`python -m leuvenhelpt VERB`."""

from leuvenhelpt.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
