// Where on the stage the mouse or finger is, in thousandths, at most ten times a second.
let stopping;

export function point(stage, dotnet) {
  stop();
  let at = 0;
  const tell = e => {
    if (e.timeStamp - at < 100) return;
    at = e.timeStamp;
    const box = stage.getBoundingClientRect();
    dotnet.invokeMethodAsync('Pointed', Math.round((e.clientX - box.left) / box.width * 1000), Math.round((e.clientY - box.top) / box.height * 1000));
  };
  stage.addEventListener('pointermove', tell);
  stopping = () => stage.removeEventListener('pointermove', tell);
}

export function stop() {
  stopping?.();
  stopping = undefined;
}
