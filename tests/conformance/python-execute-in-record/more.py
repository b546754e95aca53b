import math

more = math.floor(5.5)
