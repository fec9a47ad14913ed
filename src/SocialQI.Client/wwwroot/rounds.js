// What only the browser knows: the network, and what is on the screen.
let dotnet, endObserver, held;

export function begin(page) {
  dotnet = page;
  addEventListener('online', () => dotnet.invokeMethodAsync('BecameOnline'));
  addEventListener('offline', () => dotnet.invokeMethodAsync('BecameOffline'));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && dotnet.invokeMethodAsync('BecameOnline'));
  // The router would take the link for a page of its own, and move nothing.
  document.addEventListener('click', e => {
    if (e.target.matches('.skip')) {
      e.preventDefault();
      document.getElementById('main').focus();
    }
  }, true);
  // In a picker, Enter chooses; it must not send the form around it.
  document.addEventListener('keydown', e => e.key === 'Enter' && e.target.matches('[role=combobox]') && e.preventDefault(), true);
}

export function show(id, takesFocus) {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'center' });
  if (takesFocus) element?.focus({ preventScroll: true });
}

export function watchEnd(id) {
  endObserver?.disconnect();
  const end = document.getElementById(id);
  if (end) {
    endObserver = new IntersectionObserver(seen => dotnet.invokeMethodAsync('EndIsSeen', seen.at(-1).isIntersecting));
    endObserver.observe(end);
  }
}

export function hold(id) {
  const element = document.getElementById(id);
  held = element && { element, top: element.getBoundingClientRect().top };
}

export function putBack() {
  if (held) scrollBy(0, held.element.getBoundingClientRect().top - held.top);
  held = undefined;
}
