/** What every package may use: failures that speak to the user, and the log that they write to. */
package io.slimimage;
