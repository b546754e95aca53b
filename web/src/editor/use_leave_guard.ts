// Asks before the editor is left with unsaved texts: the browser when the tab is closed or reloaded, the page when one
// goes elsewhere by a link or shortcut. (Back and forward are not held up: the texts are kept for this tab anyway.)
import { useContext, useEffect } from "react";
import { createPath, UNSAFE_NavigationContext, type To } from "react-router";

export function useLeaveGuard(base: string, isUnsaved: () => boolean, ask: (leave: () => void) => void): void {
  const { navigator } = useContext(UNSAFE_NavigationContext);
  useEffect(() => {
    const beforeUnload = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault();
    };
    window.addEventListener("beforeunload", beforeUnload);
    return () => window.removeEventListener("beforeunload", beforeUnload);
  }, [isUnsaved]);
  useEffect(() => {
    const { push } = navigator;
    navigator.push = (to: To, ...rest) => {
      const path = typeof to === "string" ? to : createPath(to);
      const leave = () => push.call(navigator, to, ...rest);
      const isInside = path === base || path.startsWith(base + "/") || path.startsWith(base + "?");
      if (isInside || !isUnsaved()) leave();
      else ask(leave);
    };
    return () => {
      navigator.push = push;
    };
  }, [navigator, base, isUnsaved, ask]);
}
