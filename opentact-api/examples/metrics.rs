//! Records the metric `http.client.request.duration` of OpenTelemetry for every attempt.
//!
//! `OPENTACT_HA1B_TOKEN=… cargo run --example metrics`. It prints the metrics; most programs export
//! them with `opentelemetry-otlp` instead.

use opentact_api::{AttemptReport, Client, ClientBuilder, Observer};
use opentelemetry::KeyValue;
use opentelemetry::metrics::{Histogram, Meter, MeterProvider as _};
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_stdout::MetricExporter;

/// The metrics of a client.
struct Metrics {
    duration: Histogram<f64>,
}

impl Metrics {
    fn new(meter: &Meter) -> Self {
        let duration = meter
            .f64_histogram("http.client.request.duration")
            .with_unit("s")
            .with_description("Duration of HTTP client requests.")
            .with_boundaries(vec![
                0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
            ])
            .build();
        Self { duration }
    }
}

impl Observer for Metrics {
    fn on_attempt(&self, attempt: &AttemptReport<'_>) {
        let mut attributes = vec![
            KeyValue::new("http.request.method", attempt.method),
            KeyValue::new("url.template", attempt.url_template),
            KeyValue::new("server.address", attempt.server_address.to_owned()),
        ];
        let port = attempt.server_port.map(i64::from);
        attributes.extend(port.map(|port| KeyValue::new("server.port", port)));
        let status = attempt.status.map(|status| i64::from(status.as_u16()));
        attributes.extend(status.map(|status| KeyValue::new("http.response.status_code", status)));
        let error = attempt.error_type().map(str::to_owned);
        attributes.extend(error.map(|error| KeyValue::new("error.type", error)));
        self.duration
            .record(attempt.duration.as_secs_f64(), &attributes);
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder().ha1b_token(std::env::var("OPENTACT_HA1B_TOKEN")?);
    if let Ok(url) = std::env::var("OPENTACT_BASE_URL") {
        builder = builder.base_url(url);
    }
    run(builder).await
}

pub(crate) async fn run(builder: ClientBuilder) -> Result<(), Box<dyn std::error::Error>> {
    let exporter = MetricExporter::default();
    let provider = SdkMeterProvider::builder()
        .with_periodic_exporter(exporter)
        .build();
    let metrics = Metrics::new(&provider.meter("opentact-api"));
    let client = builder.observer(metrics).build()?;
    let groups = client.list_groups().send().await;
    provider.shutdown()?;
    groups?;
    Ok(())
}
