// What the server says when it refuses: RFC 9457, with the code, hint and place of a diagnostic.

export interface FieldError {
  field: string;
  message: string;
}

export interface ProblemBody {
  title: string;
  status: number;
  detail?: string;
  code?: string;
  hint?: string;
  instance?: string;
  errors?: FieldError[];
  file?: string;
  line?: number;
  column?: number;
}

export class Problem extends Error {
  constructor(
    readonly body: ProblemBody,
    readonly retryAfter?: number, // seconds
  ) {
    super(body.detail ?? body.title);
    this.name = "Problem";
  }

  get code(): string {
    return this.body.code ?? "internal";
  }

  get status(): number {
    return this.body.status;
  }

  // What is said of one field of a form.
  of(field: string): string | undefined {
    return this.body.errors?.find((error) => error.field === field)?.message;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get("Content-Type") ?? "";
  const wait = response.headers.get("Retry-After");
  const retryAfter = wait === null ? undefined : Number(wait);
  if (type.includes("json")) {
    try {
      return new Problem((await response.json()) as ProblemBody, retryAfter);
    } catch {
      // Cut off: told like an answer without a body.
    }
  }
  return new Problem({ title: response.statusText || "HTTP " + response.status, status: response.status }, retryAfter);
}

// The request did not reach the server, or its answer did not come back.
export function unreachable(): Problem {
  return new Problem({ title: "unreachable", status: 0, code: "network" });
}

export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}
