//! Requests of the server, as a receiver with one address gets them.

use tests::mounts::webhook_event::types::WebhookEvent;
use tests::runtime::webhooks::{StandardWebhooks, unwrap};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn received(body: &str) -> WebhookEvent {
    let headers = StandardWebhooks::new(SECRET).unwrap().sign("msg_1", body.as_bytes());
    unwrap(&headers, body.as_bytes(), SECRET).unwrap()
}

#[test]
fn each_payload_is_a_variant_of_the_event() {
    let paid = received(r#"{"kind":"order.paid","id":"1","amount":5}"#);
    assert!(matches!(&paid, WebhookEvent::Paid(paid) if paid.id == "1" && paid.amount == 5), "{paid:?}");
    let sent = received(r#"{"kind":"order.sent","parcel":"p"}"#);
    assert_eq!(sent.as_sent().and_then(|sent| sent.parcel.as_deref()), Some("p"));
    let lost = received(r#"{"kind":"order.lost","order":"1"}"#);
    assert_eq!(lost.as_order_gone_payload().map(|gone| gone.order.as_str()), Some("1"));
    let new = received(r#"{"kind":"order.found","order":"1"}"#);
    assert!(new.is_unknown(), "an event of tomorrow is no error: {new:?}");
}
