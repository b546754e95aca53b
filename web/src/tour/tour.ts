// The tour is loaded when somebody takes it.
export function startTour(): void {
  void import("./steps").then((tour) => tour.run());
}
