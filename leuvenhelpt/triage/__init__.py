"""What is being asked: free words in any of the languages -> kinds of help, signs of need. It only suggests."""
