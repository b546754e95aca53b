// Snippets that run a descriptor from a pipeline. All of them are the same POSIX script, in the form that each tool reads;
// it needs nothing but curl.
import { externalBase, shellWord } from "./commands";

export interface Call {
  origin: string;
  project: string;
  entry: string;
}

export type Tool = "curl" | "github" | "gitlab" | "jenkins";

function script({ origin, project, entry }: Call): string {
  return `api=${shellWord(externalBase(origin, project))}
call() { curl -fsS --retry 3 -H "Authorization: Bearer $MIMUS_TOKEN" "$@"; }
field() { grep -o "$1" | sed -n 1p | cut -d '"' -f 4; }

# Start. The key makes a repeated request the same task.
key=ci-$(od -An -N8 -tx8 /dev/urandom | tr -d ' ')
options=${shellWord(JSON.stringify({ entry }))}
answer=$(call -H "Idempotency-Key: $key" -H 'Content-Type: application/json' -d "$options" "$api/tasks")
task=$(printf '%s' "$answer" | field '"task_id": *"[^"]*"')
echo "task $task"

# Wait for the end.
status=PENDING
while [ "$status" = PENDING ] || [ "$status" = RUNNING ]; do
  sleep 1
  answer=$(call "$api/tasks/$task")
  status=$(printf '%s' "$answer" | field '"status": *"[A-Z]*"')
done
echo "$status"
if [ "$status" != SUCCEEDED ]; then
  call "$api/tasks/$task/log" >&2
  exit 1
fi

# Fetch what was made.
call -o artifacts.zip "$api/tasks/$task/archive"`;
}

function indented(text: string, spaces: number): string {
  return text.replaceAll(/^(?=.)/gm, " ".repeat(spaces));
}

function curl(call: Call): string {
  return `#!/usr/bin/env bash
set -eu
: "\${MIMUS_TOKEN:?set it to a token of the project with the scope generate}"

${script(call)}
`;
}

function github(call: Call): string {
  // What GitHub would take for an expression is not one.
  const run = script(call).replaceAll("${{", "${{ '${{' }}");
  return `name: Test data
on: [push, workflow_dispatch]
jobs:
  test-data:
    runs-on: ubuntu-latest
    steps:
      - name: Generate test data
        env:
          MIMUS_TOKEN: \${{ secrets.MIMUS_TOKEN }}
        run: |
${indented("set -eu\n" + run, 10)}
      - uses: actions/upload-artifact@v4
        with:
          name: test-data
          path: artifacts.zip
`;
}

function gitlab(call: Call): string {
  return `test-data:
  image: curlimages/curl:latest
  script:
    - |
${indented("set -eu\n" + script(call), 6)}
  artifacts:
    paths:
      - artifacts.zip
`;
}

function jenkins(call: Call): string {
  const run = script(call).replaceAll("\\", "\\\\").replaceAll("'''", "\\'\\'\\'");
  return `pipeline {
  agent any
  stages {
    stage('Test data') {
      steps {
        withCredentials([string(credentialsId: 'mimus-token', variable: 'MIMUS_TOKEN')]) {
          sh '''
${indented("set -eu\n" + run, 12)}
          '''
        }
      }
    }
  }
  post {
    success {
      archiveArtifacts artifacts: 'artifacts.zip'
    }
  }
}
`;
}

const kMakers = { curl, github, gitlab, jenkins };

export function snippet(tool: Tool, call: Call): string {
  return kMakers[tool](call);
}
