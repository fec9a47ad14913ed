// Reads a calendar with ical.js alone: one line of JSON for each event, with its beginning as an instant by the rules of zones that stand in the file.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method") }));
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  console.log(
    JSON.stringify({
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toUnixTime(),
      local: event.startDate.toString(),
      zone: component.getFirstProperty("dtstart").getParameter("tzid"),
      minutes: event.duration.toSeconds() / 60,
      status: component.getFirstPropertyValue("status"),
      summary: event.summary,
      url: component.getFirstPropertyValue("url"),
      properties: component.getAllProperties().map((property) => property.name),
    }),
  );
}
