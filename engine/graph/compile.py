"""A formula as operations of NumPy on arrays, number by number: the parts of it that are no names get arrays of their
own, made once. Only the last operation writes the result, so that it may go where a name's numbers stand.
"""



OPERATIONS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "^": "power", "negative": "negative",
              "exp": "exp", "ln": "log", "sqrt": "sqrt"}  # NumPy's names for them
