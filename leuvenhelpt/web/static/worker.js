// Between the pages and the network. VERSION, SHELL and OFFLINE are written above this by the server.
//
// It keeps two things: what the page without connection needs, and the page of a task for which the server says so
// (Keep-On-Device: until when, in seconds) because its volunteer ticked the box. Nothing else is ever stored.
const PARTS = `parts-${VERSION}`;
const KEPT = "kept";
const PATIENCE = 5000; // ms before a kept page is shown on a line that hardly works
const LOOSELY = { ignoreVary: true };

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(PARTS).then((parts) => parts.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldParts().then(lookAfterKept).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin) return;
  const task = taskOf(url);
  // Of a form that is sent only the browser itself can show the answer again on the way back. So the worker stays out of
  // it while there is a network; but it is by sending a form that a task is kept.
  if (event.request.method !== "GET" && navigator.onLine && !task) return;
  if (event.request.mode === "navigate") {
    event.respondWith(visit(event, task));
  } else if (SHELL.includes(url.pathname + url.search)) {
    event.respondWith(caches.match(event.request, LOOSELY).then((part) => part ?? fetch(event.request)));
  }
});

// The page of a task, whichever of its pages was asked for; null for any other page.
function taskOf(url) {
  return url.pathname.match(/^\/taak\/[^/]+/)?.[0] ?? null;
}

async function visit(event, task) {
  const kept = task && event.request.method === "GET" ? await stillKept(task) : undefined;
  try {
    const answer = await patiently(fetch(event.request), kept);
    if (task) await obey(task, answer);
    else event.waitUntil(lookAfterKept());
    return answer;
  } catch {
    return kept ?? (await caches.match(OFFLINE, LOOSELY)) ?? Response.error();
  }
}

// Whoever has nothing kept waits as long as it takes.
function patiently(answer, kept) {
  if (!kept) return answer;
  const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE, new Error("late")));
  return Promise.race([answer, late]);
}

// Keep, or let go, as the server says; silence changes nothing.
async function obey(task, answer) {
  const until = answer.headers.get("Keep-On-Device");
  const kept = await caches.open(KEPT);
  if (until === "no" || answer.status === 404) await kept.delete(task, LOOSELY);
  else if (until) await kept.put(task, answer.clone());
}

async function stillKept(task) {
  const kept = await caches.open(KEPT);
  const page = await kept.match(task, LOOSELY);
  if (page && Number(page.headers.get("Keep-On-Device")) * 1000 > Date.now()) return page;
  await kept.delete(task, LOOSELY);
  return undefined;
}

// What is kept is asked about at every visit, so that it goes when its task does.
async function lookAfterKept() {
  const kept = await caches.open(KEPT);
  for (const { url } of await kept.keys()) {
    const task = taskOf(new URL(url));
    if (await stillKept(task)) await fetch(task).then((answer) => obey(task, answer)).catch(() => {});
  }
}

async function forgetOldParts() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== PARTS && name !== KEPT).map((name) => caches.delete(name)));
}
