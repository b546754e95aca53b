#!/usr/bin/env python3
"""The External API of a running server. Standard library, and curl.

    check.py PROGRAM [TEST…]     TEST as in unittest: files_test.Uploads.test_hostile_names
"""

import json
import os
import sys
import unittest
import urllib.request
from pathlib import Path

import contract
import server

# In this order: what waits longest begins first.
MODULES = ["rights_test", "workflow_test", "files_test", "uploads_test", "tasks_test", "limits_test", "pages_test",
           "edge_test", "projects_test", "preview_test", "security_test", "people_test", "roles_test",
           "events_test", "metrics_test", "language_test"]


def main():
    server.PROGRAM = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or MODULES
    probe = server.Server()
    try:
        documents = []
        for path in ("/external_api_docs/openapi.json", "/api/platform/v1/openapi.json"):
            with urllib.request.urlopen(probe.url + path, timeout=60) as response:
                documents.append(json.load(response))
        contract.load(*documents)
    finally:
        probe.close()
    sys.path.insert(0, str(Path(__file__).parent))
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = not result.wasSuccessful()
    if not failed and names is MODULES:
        for method, template, status in contract.missing():
            failed = True
            print(f"documented, but never answered: {method.upper()} {template} {status}", file=sys.stderr)
    if not failed:
        print(f"{result.testsRun} tests, {len(contract.SEEN)} documented answers seen")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
