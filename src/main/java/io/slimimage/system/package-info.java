/** The system files of an image: what a Java runtime needs of them, and what a base image has. */
package io.slimimage.system;
