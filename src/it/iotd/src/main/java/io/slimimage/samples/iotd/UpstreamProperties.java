package io.slimimage.samples.iotd;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which upstream to ask.
 *
 * @param url such as {@code https://api.nasa.gov/planetary/apod}; without it, a stub answers
 * @param apiKey the upstream's key
 */
@ConfigurationProperties("iotd.upstream")
record UpstreamProperties(URI url, @DefaultValue("DEMO_KEY") String apiKey) {}
