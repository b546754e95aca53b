rows = iter([1, 2])
