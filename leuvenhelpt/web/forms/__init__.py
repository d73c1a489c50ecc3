"""What a browser may send: each form parses, cleans and explains."""
