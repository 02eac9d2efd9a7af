package io.slimimage.docker;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;

/**
 * docker-java's configuration, from our values only: its own reads the environment, {@code
 * ~/.docker-java.properties} and registry passwords behind our back.
 *
 * @param dockerHost where the engine listens
 * @param apiVersion the version to pin, which is {@link RemoteApiVersion#unknown()} for the newest
 *     that the engine has
 * @param sslConfig the client's keys, or null without TLS
 */
record EngineConfig(URI dockerHost, RemoteApiVersion apiVersion, SSLConfig sslConfig)
    implements DockerClientConfig {

  @Override
  public URI getDockerHost() {
    return dockerHost;
  }

  @Override
  public RemoteApiVersion getApiVersion() {
    return apiVersion;
  }

  @Override
  public SSLConfig getSSLConfig() {
    return sslConfig;
  }

  @Override
  public String getRegistryUsername() {
    return null;
  }

  @Override
  public String getRegistryPassword() {
    return null;
  }

  @Override
  public String getRegistryEmail() {
    return null;
  }

  @Override
  public String getRegistryUrl() {
    return null;
  }

  @Override
  public AuthConfig effectiveAuthConfig(String imageName) {
    return null;
  }

  @Override
  public AuthConfigurations getAuthConfigurations() {
    return new AuthConfigurations();
  }
}
