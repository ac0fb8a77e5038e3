/** Figures, printed; they need servers and a machine of their own. */
package org.mxhooks.process.benchmarks;
