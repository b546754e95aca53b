// The page's addresses. Each area is loaded when it is first visited.
import { lazy, Suspense } from "react";
import { Navigate, Route, Routes } from "react-router";
import { Loading } from "./components/loading";
import { RequireSession } from "./session/require_session";
import { Shell } from "./shell/shell";
import { NotFound } from "./shell/not_found";

const Dashboard = lazy(() => import("./dashboard/dashboard"));
const DemoStore = lazy(() => import("./demos/demo_store"));
const DemoPage = lazy(() => import("./demos/demo_page"));
const ProjectFrame = lazy(() => import("./project/project_frame"));
const EditorPage = lazy(() => import("./editor/editor_page"));
const TaskHistory = lazy(() => import("./tasks/task_history"));
const TaskPage = lazy(() => import("./tasks/task_page"));
const StatisticsPage = lazy(() => import("./statistics/statistics_page"));
const ComparisonPage = lazy(() => import("./statistics/comparison_page"));
const ProjectSettings = lazy(() => import("./settings/project_settings"));
const Account = lazy(() => import("./session/account_page"));
const Admin = lazy(() => import("./admin/admin_frame"));

export function App() {
  return (
    <RequireSession>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route element={<Shell />}>
            <Route index element={<Dashboard />} />
            <Route path="demos" element={<DemoStore />} />
            <Route path="demos/:demo" element={<DemoPage />} />
            <Route path="projects" element={<Navigate to="/" replace />} />
            <Route path="projects/:project" element={<ProjectFrame />}>
              <Route index element={<Navigate to="files" replace />} />
              <Route path="files/*" element={<EditorPage />} />
              <Route path="tasks" element={<TaskHistory />} />
              <Route path="tasks/:task" element={<TaskPage />} />
              <Route path="tasks/:task/statistics" element={<StatisticsPage />} />
              <Route path="compare" element={<ComparisonPage />} />
              <Route path="settings/*" element={<ProjectSettings />} />
            </Route>
            <Route path="account" element={<Account />} />
            <Route path="admin/*" element={<Admin />} />
            <Route path="*" element={<NotFound />} />
          </Route>
        </Routes>
      </Suspense>
    </RequireSession>
  );
}
