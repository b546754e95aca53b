// The objects of the session API by their names.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Account = Schemas["Account"];
export type Artifact = Schemas["Artifact"];
export type AuditEntry = Schemas["AuditEntry"];
export type Banner = Schemas["Banner"];
export type Demo = Schemas["Demo"];
export type DemoDetails = Schemas["DemoDetails"];
export type FileMetadata = Schemas["FileMetadata"];
export type FileVersion = Schemas["FileVersion"];
export type Finding = Schemas["Finding"];
export type Member = Schemas["Member"];
export type Preview = Schemas["Preview"];
export type Progress = Schemas["Progress"];
export type Project = Schemas["ProjectDetails"];
export type ProjectRole = Schemas["ProjectRole"];
export type Session = Schemas["Session"];
export type Settings = Schemas["Settings"];
export type SystemRole = Schemas["SystemRole"];
export type Task = Schemas["Task"];
export type TaskStatus = Schemas["TaskStatus"];
export type Template = Schemas["Template"];
export type Token = Schemas["Token"];
export type User = Schemas["User"];
