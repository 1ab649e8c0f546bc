// What is asked of the server. Every refusal is an Error with the server's one sentence.

const JSON_BLOCK = 1;

export async function about(scenario) {
  const query = scenario === undefined ? "" : `?scenario=${encodeURIComponent(scenario)}`;
  const answer = await fetch(`api/about${query}`);
  await refuse(answer);
  return answer.json();
}

export async function post(path, table, signal) {
  let answer;
  try {
    answer = await fetch(`api/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(table),
      signal,
    });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Error("The server does not answer; start wom serve again.");
  }
  await refuse(answer);
  return answer;
}

async function read(reader) {
  try {
    return await reader.read();
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Error("The server has gone; start wom serve again.");
  }
}

async function refuse(answer) {
  if (answer.ok) return;
  let sentence = `The server answered ${answer.status}.`;
  try {
    sentence = (await answer.json()).error ?? sentence;
  } catch {
    // No sentence came with it.
  }
  throw new Error(sentence);
}

// The blocks of a run as they come: { kind, bytes } or, of kind JSON, { kind, document }.
export async function* blocks(table, signal) {
  const answer = await post("run", table, signal);
  const reader = answer.body.getReader();
  let held = new Uint8Array(1 << 16);
  let length = 0;
  let start = 0;
  for (;;) {
    while (length - start >= 8) {
      const view = new DataView(held.buffer, start, 8);
      const kind = view.getUint32(0, true);
      const size = view.getUint32(4, true);
      if (length - start < 8 + size) break;
      // A copy of its own, aligned, so that typed arrays can lie upon it.
      const bytes = held.slice(start + 8, start + 8 + size).buffer;
      start += 8 + size;
      if (kind === JSON_BLOCK) {
        const document = JSON.parse(new TextDecoder().decode(bytes));
        if (document.error) throw new Error(document.error);
        yield { kind, document };
      } else {
        yield { kind, bytes };
      }
    }
    const { done, value } = await read(reader);
    if (done) return;
    if (length + value.length > held.length) {
      const rest = held.subarray(start, length);
      const larger = rest.length + value.length > held.length / 2 ? 2 * held.length + value.length : held.length;
      const grown = new Uint8Array(larger);
      grown.set(rest);
      held = grown;
      length = rest.length;
      start = 0;
    }
    held.set(value, length);
    length += value.length;
  }
}

// The documents of a study of many worlds, one a line.
export async function* lines(path, table, signal) {
  const answer = await post(path, table, signal);
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await read(reader);
    if (done) return;
    text += decoder.decode(value, { stream: true });
    let end;
    while ((end = text.indexOf("\n")) >= 0) {
      const document = JSON.parse(text.slice(0, end));
      text = text.slice(end + 1);
      if (document.error) throw new Error(document.error);
      yield document;
    }
  }
}

export async function layout(table, signal) {
  const bytes = await (await post("layout", table, signal)).arrayBuffer();
  const [people, ties] = new Int32Array(bytes, 0, 2);
  return {
    positions: new Float32Array(bytes, 8, 2 * people),
    ties: new Int32Array(bytes, 8 + 8 * people, 2 * ties),
  };
}
