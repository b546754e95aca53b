    # The file may be indented as a whole.
    LIMIT = 40
    CITIES = ["Bonn", "Köln"]
    SETTINGS = {"depth": 2}
    total = 0
    seen = []


    def twice(n):
        return n * 2


    def add(n):
        global total
        total += n
        seen.append(n)
        return total


    def reset():
        global total
        total = 0


    def half(n):
        if n % 2:
            raise ValueError("odd")
        return n // 2


    def parts(n):
        return [{"i": i} for i in range(min(n, 2))]
