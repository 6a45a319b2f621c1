export type { Incident as IncidentView, IncidentAlert as IncidentAlertView } from '#db/entities/incident.ts';
