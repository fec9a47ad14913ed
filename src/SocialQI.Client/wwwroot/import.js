// Sends a file as it lies on the disk, and tells how much of it has gone and what the service says meanwhile. The program never holds it.
const ToldEvery = 150;
let dotnet, file, request;

export function begin(upload, inputId, zoneId) {
  dotnet = upload;
  const input = document.getElementById(inputId), zone = document.getElementById(zoneId);
  input.addEventListener('change', () => take(input.files));
  for (const kind of ['dragenter', 'dragover']) zone.addEventListener(kind, e => { e.preventDefault(); zone.dataset.over = ''; });
  for (const kind of ['dragleave', 'drop']) zone.addEventListener(kind, e => { e.preventDefault(); delete zone.dataset.over; });
  zone.addEventListener('drop', e => take(e.dataTransfer.files));
}

function take(files) {
  if (files.length === 0) return;
  file = files[0];
  dotnet.invokeMethodAsync('Chosen', file.name, file.size, files.length);
}

export function send(path) {
  let told = 0, taken = 0;
  request = new XMLHttpRequest();
  const steps = () => {
    for (let end; (end = request.responseText.indexOf('\n', taken)) >= 0; taken = end + 1) {
      dotnet.invokeMethodAsync('Stepped', request.responseText.slice(taken, end));
    }
  };
  request.open('POST', path);
  request.setRequestHeader('Content-Type', 'application/fhir+json');
  request.upload.onprogress = e => {
    if (e.timeStamp - told > ToldEvery) {
      told = e.timeStamp;
      dotnet.invokeMethodAsync('Sent', e.loaded);
    }
  };
  request.upload.onload = () => dotnet.invokeMethodAsync('Sent', file.size);
  request.onprogress = () => request.status === 200 && steps();
  request.onload = () => {
    if (request.status === 200) steps();
    dotnet.invokeMethodAsync('Ended', request.status, request.status === 200 ? '' : request.responseText);
  };
  request.onerror = () => dotnet.invokeMethodAsync('Ended', 0, '');
  request.send(file);
}

export function forget() {
  request?.abort();
  file = request = undefined;
  document.querySelectorAll('input[type=file]').forEach(i => (i.value = ''));
}
