// Starts the worker that answers without connection, and shows what only makes sense where there is one.
const show = (mark) => document.querySelectorAll(`[data-${mark}]`).forEach((part) => (part.hidden = false));

for (const button of document.querySelectorAll("[data-again]")) {
  button.hidden = false;
  button.addEventListener("click", () => location.reload());
}

async function isKept() {
  const kept = await caches.open("kept");
  return (await kept.match(location.pathname.replace(/\/adres$/, ""), { ignoreVary: true })) !== undefined;
}

async function start() {
  await navigator.serviceWorker.register("/worker.js");
  await navigator.serviceWorker.ready;
  if (await isKept()) show("kept");
  else show("keepable");
}

if ("serviceWorker" in navigator) start().catch(() => {});
