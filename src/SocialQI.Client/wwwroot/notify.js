// The browser's notifications. What may be said in one is decided elsewhere; here it is only shown.
let dotnet;

const permission = () => 'Notification' in globalThis ? Notification.permission : 'unsupported';

export function begin(page) {
  dotnet = page;
  document.addEventListener('visibilitychange', () => dotnet.invokeMethodAsync('IsHidden', document.hidden));
  return permission();
}

export async function ask() {
  return permission() === 'default' ? await Notification.requestPermission() : permission();
}

export function show(tag, text, path) {
  const notification = new Notification('SocialQI', { body: text, tag, icon: 'favicon.svg', lang: document.documentElement.lang });
  notification.onclick = () => {
    window.focus();
    dotnet.invokeMethodAsync('WasClicked', path);
    notification.close();
  };
}
