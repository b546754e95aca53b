// What administrators of the instance see.
import { Navigate, Route, Routes, useLocation } from "react-router";
import { SubNavigation } from "../components/sub_navigation";
import { useSession } from "../session/session";
import { NotFound } from "../shell/not_found";
import { AllProjects } from "./all_projects";
import { AllTasks } from "./all_tasks";
import { AuditLog } from "./audit_log";
import { InstanceSettings } from "./instance_settings";
import { useTexts } from "./texts";
import { Users } from "./users";

export default function AdminFrame() {
  const t = useTexts();
  const { user } = useSession();
  const part = useLocation().pathname.split("/")[2] ?? "users";
  if (user.role !== "admin") return <NotFound />;
  const places = (["users", "projects", "tasks", "settings", "audit"] as const).map((name) => ({
    to: "/admin/" + name,
    label: t(name),
    on: part === name,
  }));
  return (
    <SubNavigation label={t("title")} places={places}>
      <Routes>
        <Route index element={<Navigate to="users" replace />} />
        <Route path="users" element={<Users />} />
        <Route path="projects" element={<AllProjects />} />
        <Route path="tasks" element={<AllTasks />} />
        <Route path="settings" element={<InstanceSettings />} />
        <Route path="audit" element={<AuditLog />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </SubNavigation>
  );
}
