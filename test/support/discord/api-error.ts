import type { z } from 'zod';

/** An answer that isn't 2xx, in the form that Discord gives it. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: FormErrors | undefined;

  constructor(status: number, code: number, message: string, errors?: FormErrors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export type FormErrors = { [field: string]: FormErrors } | { _errors: { code: string; message: string }[] };

export const unauthorized = () => new ApiError(401, 0, '401: Unauthorized');
export const notFound = () => new ApiError(404, 0, '404: Not Found');
export const unknownMessage = () => new ApiError(404, 10008, 'Unknown Message');
export const unknownWebhook = () => new ApiError(404, 10015, 'Unknown Webhook');
export const unknownMember = () => new ApiError(404, 10007, 'Unknown Member');
export const unknownInteraction = () => new ApiError(404, 10062, 'Unknown interaction');
export const tooLarge = () => new ApiError(413, 40005, 'Request entity too large');
export const alreadyAcknowledged = () => new ApiError(400, 40060, 'Interaction has already been acknowledged.');
export const emptyMessage = () => new ApiError(400, 50006, 'Cannot send an empty message');
export const invalidWebhookToken = () => new ApiError(401, 50027, 'Invalid Webhook Token');
export const fileNotFound = () => new ApiError(400, 50146, 'Uploaded file not found.');

/** Checks a body as Discord's forms do: all that is wrong in one answer, each thing under its field. */
export function checkForm(rules: z.ZodType, body: unknown): void {
  const result = rules.safeParse(body);
  if (!result.success) throw new ApiError(400, 50035, 'Invalid Form Body', formErrors(result.error.issues));
}

function formErrors(issues: readonly z.core.$ZodIssue[]): FormErrors {
  const here = issues.filter(({ path }) => path.length === 0);
  if (here.length > 0) return { _errors: here.map((issue) => ({ code: formCode(issue), message: issue.message })) };
  const fields = new Set(issues.map(({ path }) => String(path[0])));
  return Object.fromEntries([...fields].map((field) => [field, formErrors(inside(issues, field))]));
}

function inside(issues: readonly z.core.$ZodIssue[], field: string): z.core.$ZodIssue[] {
  return issues
    .filter(({ path }) => String(path[0]) === field)
    .map((issue) => ({ ...issue, path: issue.path.slice(1) }));
}

function formCode(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return String(issue.params?.code ?? 'FORM_TYPE_INVALID');
  if (issue.code === 'too_big') return issue.origin === 'number' ? 'NUMBER_TYPE_MAX' : 'BASE_TYPE_MAX_LENGTH';
  if (issue.code === 'too_small') return issue.origin === 'number' ? 'NUMBER_TYPE_MIN' : 'BASE_TYPE_BAD_LENGTH';
  if (issue.code === 'invalid_type') return 'BASE_TYPE_REQUIRED';
  return issue.code === 'invalid_format' ? 'STRING_TYPE_REGEX' : 'FORM_TYPE_INVALID';
}
