/** One rendering of an image plan: a multi-stage Dockerfile and the build context that it reads. */
package io.slimimage.dockerfile;
