/** What benchmarks put into the WAR beside mxhooks, to compare with. */
package org.mxhooks.process.benchmarks.bare;
