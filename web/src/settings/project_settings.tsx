import { Navigate, Route, Routes, useLocation } from "react-router";
import { AuditLog } from "../admin/audit_log";
import { SubNavigation } from "../components/sub_navigation";
import { useProject } from "../project/project";
import { mayAs } from "../session/session";
import { GeneralSettings } from "./general_settings";
import { Members } from "./members";
import { useTexts } from "./texts";
import { Tokens } from "./tokens";

export default function ProjectSettings() {
  const t = useTexts();
  const project = useProject();
  const part = useLocation().pathname.split("/")[4] ?? "general";
  const base = `/projects/${project.id}/settings`;
  const parts = [
    { to: base + "/general", label: t("general"), on: part === "general" },
    { to: base + "/members", label: t("members"), on: part === "members" },
    { to: base + "/tokens", label: t("tokens"), on: part === "tokens" },
  ];
  const isOwner = mayAs(project.role, "owner");
  if (isOwner) parts.push({ to: base + "/audit", label: t("audit"), on: part === "audit" });
  return (
    <SubNavigation label={t("parts")} places={parts}>
      <Routes>
        <Route index element={<Navigate to="general" replace />} />
        <Route path="general" element={<GeneralSettings project={project} />} />
        <Route path="members" element={<Members project={project} />} />
        <Route path="tokens" element={<Tokens project={project} />} />
        {isOwner ? <Route path="audit" element={<AuditLog project={project.id} />} /> : null}
        <Route path="*" element={<Navigate to={base + "/general"} replace />} />
      </Routes>
    </SubNavigation>
  );
}
