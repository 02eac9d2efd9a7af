/** The Docker Engine, through docker-java. */
package io.slimimage.docker;
