from faker import Faker
try:
    Faker("de_DE").emaill()
except AttributeError as error:
    assert "did you mean 'email'" in str(error), error
else:
    raise AssertionError("an unknown method must fail")
