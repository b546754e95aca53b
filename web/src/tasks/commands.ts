// Command lines that people copy: the External API by curl, with a token in the environment variable MIMUS_TOKEN.

const kToken = `-H "Authorization: Bearer $MIMUS_TOKEN"`;

// A text as one word of a POSIX shell.
export function shellWord(text: string): string {
  return "'" + text.replaceAll("'", `'\\''`) + "'";
}

export function externalBase(origin: string, project: string): string {
  return `${origin}/api/v2/projects/${project}`;
}

// `url` is that of the session API; the same resource of the External API needs no cookie.
function externalUrl(origin: string, url: string): string {
  return origin + url.replace("/api/platform/v1/projects/", "/api/v2/projects/");
}

export function curlArtifact(origin: string, artifact: { name: string; url: string }): string {
  const folders = artifact.name.includes("/") ? " --create-dirs" : "";
  const url = shellWord(externalUrl(origin, artifact.url));
  return `curl -fsS${folders} ${kToken} -o ${shellWord("./" + artifact.name)} ${url}`;
}

export function curlArchive(origin: string, project: string, task: string): string {
  const url = `${externalBase(origin, project)}/tasks/${task}/archive`;
  return `curl -fsS ${kToken} -o ${shellWord(`artifacts-${task}.zip`)} ${shellWord(url)}`;
}
