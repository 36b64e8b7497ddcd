import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { ApiError, tooLarge } from './api-error.ts';
import type { Upload } from './messages.ts';

export type Body = { json: unknown; uploads: Upload[] };

const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Reads JSON, or a form of `payload_json` and `files[n]`. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const contentType = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { json: undefined, uploads: [] };
  if (!contentType.startsWith('multipart/form-data')) return { json: parseJson(bytes.toString('utf8')), uploads: [] };
  return readForm(await new Response(bytes, { headers: { 'content-type': contentType } }).formData());
}

async function readForm(form: FormData): Promise<Body> {
  const uploads: Upload[] = [];
  let json: unknown = {};
  for (const [name, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (typeof value === 'string') json = name === 'payload_json' ? parseJson(value) : json;
    else if (index !== undefined) uploads.push(await upload(index, value));
  }
  return { json, uploads };
}

async function upload(index: string, file: File): Promise<Upload> {
  if (file.size > MAX_FILE_BYTES) throw tooLarge();
  return { index, name: file.name, contentType: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 50109, 'The request body contains invalid JSON.');
  }
}
