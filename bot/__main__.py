"""`python -m bot` is `coverage-bot`."""

from bot.front.cli import main

if __name__ == "__main__":
    main()
