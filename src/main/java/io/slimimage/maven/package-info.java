/** The goals: they translate Maven's world into values, call one method and map the errors. */
package io.slimimage.maven;
