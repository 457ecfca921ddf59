/// The dependency graph: decides *whether* an instance may run; how it is started and stopped is the restarter's business. Pure.
package dev.svc.graph;
