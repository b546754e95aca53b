#!/usr/bin/env python3
"""Identifiers that generators make, held against python3-stdnum, which knows their rules from elsewhere.

    check.py PROGRAM [--count N]

A thousand values of each, with a fixed seed. Without the Debian package (scripts/deps --test) there is nothing to hold
them against, and the check says so and fails.
"""
import argparse
import importlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

# Debian's own packages, where another Python runs this.
sys.path.append("/usr/lib/python3/dist-packages")

IDENTIFIERS = {
    "EANGenerator": "ean", "EANGenerator(length=8)": "ean",
    "ISBNGenerator": "isbn", "ISBNGenerator(length=10)": "isbn", "ISSNGenerator": "issn",
    "IMEIGenerator": "imei", "CreditCardNumberGenerator": "luhn", "LEIGenerator": "lei",
    "ISINGenerator": "isin", "IBANGenerator": "iban", "BICGenerator": "bic", "MACAddressGenerator": "mac",
    "CPFGenerator": "br.cpf", "CNPJGenerator": "br.cnpj",
}
VAT = {
    "AT": "at.uid", "AU": "au.abn", "BE": "be.vat", "BG": "bg.vat", "BR": "br.cnpj", "CH": "ch.vat", "CY": "cy.vat",
    "CZ": "cz.dic", "DE": "de.vat", "DK": "dk.cvr", "EE": "ee.kmkr", "ES": "es.nif", "FI": "fi.alv", "FR": "fr.tva",
    "GB": "gb.vat", "GR": "gr.vat", "HR": "hr.oib", "HU": "hu.anum", "IE": "ie.vat", "IT": "it.iva", "LT": "lt.pvm",
    "LU": "lu.tva", "LV": "lv.pvn", "MT": "mt.vat", "NL": "nl.btw", "NO": "no.mva", "PL": "pl.nip", "PT": "pt.nif",
    "RO": "ro.cf", "SE": "se.vat", "SI": "si.ddv", "SK": "sk.dph", "US": "us.ein",
}
PEOPLE = {
    "de_AT": "at.vnr", "nl_BE": "be.nn", "bg_BG": "bg.egn", "de_CH": "ch.ssn", "en_CA": "ca.sin", "zh_CN": "cn.ric",
    "cs_CZ": "cz.rc", "da_DK": "dk.cpr", "et_EE": "ee.ik", "es_ES": "es.dni", "fi_FI": "fi.hetu", "fr_FR": "fr.nir",
    "hr_HR": "hr.oib", "he_IL": "il.idnr", "en_IN": "in_.aadhaar", "it_IT": "it.codicefiscale", "ko_KR": "kr.rrn",
    "lt_LT": "lt.asmens", "nl_NL": "nl.bsn", "no_NO": "no.fodselsnummer", "pl_PL": "pl.pesel", "pt_PT": "pt.nif",
    "ro_RO": "ro.cnp", "sv_SE": "se.personnummer", "sk_SK": "sk.rc", "tr_TR": "tr.tckimlik", "en_US": "us.ssn",
    "pt_BR": "br.cpf",
}


def wrong_values(program, call, module, count):
    """Those that the module does not take, and why."""
    run = subprocess.run([program, "generate", call, "--count", str(count), "--seed", "7", "--json"],
                         capture_output=True, text=True, check=False)
    if run.returncode != 0:
        return [run.stderr.strip()]
    return refused(json.loads(run.stdout), module)


def refused(values, module):
    out = []
    for value in values:
        try:
            # Of a network card: whether a maker has its first half is not the question.
            module.validate(value, *([False] if module.__name__ == "stdnum.mac" else []))
        except Exception as error:  # pylint: disable=broad-except
            out.append(f"{value}: {type(error).__name__}")
    return out


def unique_values(program, cases, count):
    """Of each call as many values with unique="true"."""
    keys = "".join(f'<key name="k{k}" unique="true" generator="{name}"/>' for k, name in enumerate(cases))
    with tempfile.TemporaryDirectory() as folder:
        descriptor = Path(folder) / "datamimic.xml"
        descriptor.write_text(f'<setup><generate name="g" count="{count}" target="JSON">{keys}</generate></setup>',
                              encoding="utf-8")
        subprocess.run([program, "run", descriptor, "--seed", "7", "--out", Path(folder) / "out"], check=True,
                       capture_output=True, timeout=60)
        records = json.loads((Path(folder) / "out/g.json").read_text(encoding="utf-8"))
    return {name: [record[f"k{k}"] for record in records] for k, name in enumerate(cases)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=1000)
    arguments = parser.parse_args()
    try:
        importlib.import_module("stdnum")
    except ImportError:
        sys.exit("check_digits: python3-stdnum is missing: run scripts/deps --test")
    cases = dict(IDENTIFIERS)
    cases |= {f"VATNumberGenerator(country='{country}')": name for country, name in VAT.items()}
    cases |= {f"SSNGenerator(locale='{locale}')": name for locale, name in PEOPLE.items()}
    failed = 0
    unique = unique_values(arguments.program, cases, arguments.count)
    for call, name in cases.items():
        module = importlib.import_module("stdnum." + name)
        wrong = wrong_values(arguments.program, call, module, arguments.count)
        wrong += refused(unique[call], module)
        if len(set(unique[call])) != arguments.count:
            wrong.append("values of unique that repeat")
        if wrong:
            failed += 1
            print(f"{call}: stdnum.{name} refuses {len(wrong)} of {arguments.count}, as {'; '.join(wrong[:3])}")
    print(f"{len(cases) - failed}/{len(cases)}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
