/** The modules of a JDK, and which of them an application needs. */
package io.slimimage.modules;
